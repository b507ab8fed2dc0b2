"""Link: claims held to speak of one happening are brought together.

Takes claims and attributions; gives Incident records, each with what links its claims.
Never merges on a number alone, and never rewrites what was said.
"""

from counterclaim.link.document import link_claims

__all__ = ["link_claims"]

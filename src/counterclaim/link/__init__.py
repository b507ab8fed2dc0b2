"""Link: claims held to speak of one happening are brought together.

Takes claims and attributions; gives Incident records, each with what links its claims.
Never merges on a number alone, and never rewrites what was said.
"""

from counterclaim.link.linker import Linker, link_documents
from counterclaim.link.near import (
    able_to_join,
    keys_of_claims,
    keys_to_look_up,
    link_near,
    touched,
)
from counterclaim.link.origins import find_origins, index_origins
from counterclaim.link.stories import Stories, find_stories
from counterclaim.link.told import tell_origins
from counterclaim.link.wires import Wires, find_wires

__all__ = [
    "Linker",
    "Stories",
    "Wires",
    "able_to_join",
    "find_origins",
    "find_stories",
    "find_wires",
    "index_origins",
    "keys_of_claims",
    "keys_to_look_up",
    "link_documents",
    "link_near",
    "tell_origins",
    "touched",
]

"""Link: claims held to speak of one happening are brought together.

Takes claims and attributions; gives Incident records, each with what links its claims.
Never merges on a number alone, and never rewrites what was said.
"""

from counterclaim.link.document_clusters import Stories, find_stories
from counterclaim.link.incremental import (
    compatible_claims,
    keys_of_claims,
    link_near,
    lookup_keys,
    touched,
)
from counterclaim.link.linker import Linker, link_documents
from counterclaim.link.origins import find_origins, index_origins
from counterclaim.link.told import tell_origins
from counterclaim.link.wires import Wires, find_wires, forget_texts

__all__ = [
    "Linker",
    "Stories",
    "Wires",
    "compatible_claims",
    "find_origins",
    "find_stories",
    "find_wires",
    "forget_texts",
    "index_origins",
    "keys_of_claims",
    "link_documents",
    "link_near",
    "lookup_keys",
    "tell_origins",
    "touched",
]

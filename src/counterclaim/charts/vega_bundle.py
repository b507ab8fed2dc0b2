"""The script that draws specifications in a browser, shipped with the package."""

from functools import cache

import vl_convert

from counterclaim.charts.draw import VEGA_LITE


@cache
def vega_script() -> str:
    """Return Vega, Vega-Lite and vega-embed as one script that needs no network.

    It sets ``window.vegaEmbed``; with ``ast: true`` it draws without evaluating any words as code.
    """
    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE))

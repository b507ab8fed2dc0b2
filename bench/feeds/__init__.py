"""Feeds: a day of twenty feeds over two wars, watched with faults and kills, held against lists made by hand."""

"""Plugins: what other installed packages bring to the house, by name.

Takes a group's name; gives what packages offer in it, each under its own name.
Never loads what nobody asked for by name, and never lets a plugin stand in for what the house has itself.
"""

from counterclaim.plugins.find import Group, PluginError, load_plugin, plugin_names

__all__ = ["Group", "PluginError", "load_plugin", "plugin_names"]

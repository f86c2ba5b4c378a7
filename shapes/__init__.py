"""Geometry: built-in schematic layers, hexagons, import of official boundaries, layers ready to draw."""

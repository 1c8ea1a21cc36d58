"""Connector for groups that a Zalo page made under its GMF package (zalo section 3.7)."""

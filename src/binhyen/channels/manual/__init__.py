"""Connector for the paste-in desk of a unit whose page has no API package."""

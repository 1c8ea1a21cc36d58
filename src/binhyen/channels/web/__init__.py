"""Connector for questions residents ask on the unit's portal."""

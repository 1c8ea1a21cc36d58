"""Connector for a Zalo Official Account (OA, "page"): conversations with residents."""

"""Contacts, conversations, messages, deliveries and reply windows."""

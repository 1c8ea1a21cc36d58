"""Zalo groups of the hamlets: a register, counts with their date and source, QR codes; never a list of people (G32)."""

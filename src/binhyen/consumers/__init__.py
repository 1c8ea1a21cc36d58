"""Other systems that connect: their keys, what they may do, and the signed webhooks they are told by."""

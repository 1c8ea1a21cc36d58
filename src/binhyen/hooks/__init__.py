"""Door for webhooks: verify, append durably, answer 200."""

"""What narrows the queue: state of an address, and filters kept under a name."""

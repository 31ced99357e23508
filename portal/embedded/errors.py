class EmbeddedError(RuntimeError):
    """A private server could not be started; the message is Dutch, and meant for whoever typed the command."""

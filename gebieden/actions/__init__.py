"""Every write of gebieden: importing an editie and making one the active editie."""

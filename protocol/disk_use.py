"""How full a file system is, for the programs that warn of it (promise A6). Pure."""


def compute_used_fraction(n_blocks: int, n_free: int, n_available: int) -> float:
    """Share in use of what an ordinary program may use: 0 to 1, the `Use%` of df.

    `n_free` has the blocks that the file system reserves for its administrator, `n_available`
    hasn't: they are neither used nor anybody's. 1 where there is no room at all. Source: POSIX
    statvfs (f_blocks, f_bfree, f_bavail); GNU coreutils df.
    """
    n_used = n_blocks - n_free
    n_usable = n_used + n_available
    return n_used / n_usable if n_usable > 0 else 1.0

"""The launcher's one way to give up: a sentence a person can act on."""


class LaunchError(Exception):
    """Raised with one clear sentence; the command line prints it and nothing else."""

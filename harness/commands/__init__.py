"""What each command of the command line does; imported by the command that is called."""

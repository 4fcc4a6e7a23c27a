"""The command line: a file a family of commands; it parses, calls and prints, and decides nothing."""

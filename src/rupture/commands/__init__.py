"""What `rupture` can be asked to do: a module a command, loaded when it is asked for."""

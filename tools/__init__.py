"""Tools of those who build, try and release the package: each is run by a make target."""

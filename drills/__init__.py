"""What an operator rehearses before it is needed: `make drill`. No part of the running portal."""

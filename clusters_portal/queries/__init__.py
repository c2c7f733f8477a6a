"""What the composed pages show: reads over several apps."""

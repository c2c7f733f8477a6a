"""What is true about regions, industries and concentrations: pure rules, NumPy allowed."""

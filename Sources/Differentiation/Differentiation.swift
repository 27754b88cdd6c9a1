// Differentiation

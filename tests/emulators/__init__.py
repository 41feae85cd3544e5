"""Local stand-ins for X, Facebook and a mail server: stateful, strict, and able to fail on demand."""

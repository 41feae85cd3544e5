"""What an office puts on paper about one case: the Action Taken Report, in Hindi and in English."""

"""What the verbs are told beside a company: their own keys at the top of a config, checked as strictly as a scenario."""

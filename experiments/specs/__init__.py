"""What verbs are told beside a company: keys of their own at the top of a config, checked as strictly as a scenario."""

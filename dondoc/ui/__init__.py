"""The bricks a person sees: page furniture, form fields, words for dates and numbers."""

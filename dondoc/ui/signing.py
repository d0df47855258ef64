"""Signing on the device: a pad where there is a pen or a finger, a typed name and a tick where there is not.

A form holds it as ``SigningForm(prefix="<name>")``; its controls are ``<name>-strokes``, ``<name>-name``,
``<name>-post`` and ``<name>-signed``. ``ui/signing_pad.html`` draws it.
"""

import json
from typing import Any

from django import forms

from .inputs import Form, TextField

MOST_POINTS = 4000
EDGE = 1000
"""Points are whole numbers from 0 to this on the square signed in."""

Strokes = list[list[list[int]]]


class StrokesField(forms.CharField):
    """The lines of a signature as JSON; empty where nothing was drawn."""

    widget = forms.HiddenInput
    again = "Nét ký chưa đọc được. Xóa nét rồi ký lại, hoặc chỉ ghi họ tên."

    def clean(self, value: Any) -> Strokes:
        try:
            told = json.loads(value or "[]")
            strokes = [[[self._place(x), self._place(y)] for x, y in line] for line in told]
        except (ValueError, TypeError, RecursionError) as wrong:
            raise forms.ValidationError(self.again) from wrong
        if sum(len(line) for line in strokes) > MOST_POINTS:
            raise forms.ValidationError(self.again)
        return [line for line in strokes if line]

    @staticmethod
    def _place(number: Any) -> int:
        if type(number) is not int or not 0 <= number <= EDGE:
            raise ValueError(number)
        return number


class SigningForm(Form):
    """Who signs, in which post, with which strokes. Without a drawn signature the tick is the signature."""

    name = TextField(label="Họ và tên người ký", max_length=160)
    post = TextField(label="Chức vụ", max_length=160, required=False)
    signed = forms.BooleanField(label="Tôi ký biên bản này")
    strokes = StrokesField(required=False)

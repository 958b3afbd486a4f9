"""The sample office of the tests: Sue with her cover Tom, a reception, Sue's line and the office's."""

OFFICE_TOML = """
[office]
name = "Cohen and Hart"
timezone = "Europe/London"
region = "GB"
language = "en-GB"
hours = { mon-fri = "09:00-17:30", sat = "closed", sun = "closed" }
closed = ["2026-12-25", "2026-12-28"]
countries = ["GB", "IE"]

[reception]
phone = "+442079460199"

[[people]]
id = "tom"
name = "Tom Hart"
extension = "102"
email = "tom@example.com"
phone = "+447700900102"

[[people]]
id = "sue"
name = "Sue Cohen"
extension = "101"
email = "sue@example.com"
phone = "+447700900101"
cover = "tom"
admin = true
digest = ["08:30", "16:00"]

[[lines]]
number = "+442079460100"
answers = "sue"

[[lines]]
number = "+442079460101"
answers = "office"

[[lines]]
number = "+442079460102"
answers = "tom"
ring = 15
"""

SUE_LINE = "+442079460100"
OFFICE_LINE = "+442079460101"
TOM_LINE = "+442079460102"
RECEPTION_PHONE = "+442079460199"
SUE_PHONE = "+447700900101"
TOM_PHONE = "+447700900102"
JULIE = "+447700900143"

"""What questions beside a check are answered with, as plain data: renderers and programs take it from here."""

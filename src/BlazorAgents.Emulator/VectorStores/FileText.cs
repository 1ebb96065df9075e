using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.VectorStores;

/// <summary>The text of an uploaded file, decided by its content: text in UTF-8 or UTF-16, with HTML's tags taken off.</summary>
internal static partial class FileText
{
    private const int LongestText = 20_000_000;

    private static readonly UTF8Encoding s_utf8 = new(false, throwOnInvalidBytes: true);
    private static readonly (byte[] Mark, string Kind)[] s_binary =
    [
        ("%PDF-"u8.ToArray(), "PDF"),
        ([0x50, 0x4B, 0x03, 0x04], "Office document or ZIP"),
        ([0x50, 0x4B, 0x05, 0x06], "ZIP"),
        ([0xD0, 0xCF, 0x11, 0xE0], "old Office document"),
        ("{\\rtf"u8.ToArray(), "RTF"),
        ([0x89, 0x50, 0x4E, 0x47], "PNG image"),
        ([0xFF, 0xD8, 0xFF], "JPEG image"),
        ("GIF8"u8.ToArray(), "GIF image"),
        ([0x1F, 0x8B], "gzip"),
    ];

    /// <summary>The text, or the reason why there is none.</summary>
    public static (string? Text, VectorFileError? Error) Read(ReadOnlySpan<byte> bytes, string fileName)
    {
        if (bytes.IsEmpty)
        {
            return (null, new VectorFileError("invalid_file", "The file is empty."));
        }

        foreach (var (mark, kind) in s_binary)
        {
            if (bytes.StartsWith(mark))
            {
                return (null, new VectorFileError("unsupported_file", $"This is a {kind} file. The demo server reads text, Markdown, JSON, CSV and HTML only."));
            }
        }

        if (Decode(bytes) is not { } text)
        {
            return (null, new VectorFileError("invalid_file", "The file could not be read: it is not text in UTF-8, UTF-16 or ASCII."));
        }

        text = IsHtml(text, fileName) ? StripHtml(text) : text;
        return string.IsNullOrWhiteSpace(text)
            ? (null, new VectorFileError("invalid_file", "The file has no text."))
            : text.Length > LongestText
                ? (null, new VectorFileError("invalid_file", "The file has more than 5,000,000 tokens."))
                : (text, null);
    }

    private static string? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var text = bytes switch
            {
                [0xFF, 0xFE, .. var little] => new UnicodeEncoding(false, false, true).GetString(little),
                [0xFE, 0xFF, .. var big] => new UnicodeEncoding(true, false, true).GetString(big),
                [0xEF, 0xBB, 0xBF, .. var rest] => s_utf8.GetString(rest),
                _ => s_utf8.GetString(bytes),
            };
            return text.Contains('\0', StringComparison.Ordinal) ? null : text.ReplaceLineEndings("\n");
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsHtml(string text, string fileName)
    {
        var extension = Path.GetExtension(fileName);
        var start = text.AsSpan().TrimStart();
        return extension.Equals(".html", StringComparison.OrdinalIgnoreCase) || extension.Equals(".htm", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    private static string StripHtml(string html)
    {
        var text = Hidden().Replace(html, " ");
        text = Block().Replace(text, "\n");
        text = WebUtility.HtmlDecode(Tag().Replace(text, ""));
        return BlankLines().Replace(text, "\n\n").Trim();
    }

    [GeneratedRegex(@"<!--.*?-->|<script\b.*?</script\s*>|<style\b.*?</style\s*>|<head\b.*?</head\s*>|<template\b.*?</template\s*>", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|section|article|header|footer|main|blockquote|pre|hr)\b[^>]*>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Block();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s*\n\s*\n\s*", RegexOptions.NonBacktracking)]
    private static partial Regex BlankLines();
}

using System.Globalization;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>A picture's bytes as the page may show them: only kinds that every browser draws and that can carry no script, known by their own first bytes.</summary>
/// <param name="Source">A data address, or null when the picture is not shown.</param>
/// <param name="Refusal">Why it is not shown.</param>
internal sealed record Picture(string? Source, string? Refusal)
{
    private const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>Looks at the bytes; what anybody says about them does not count.</summary>
    public static Picture Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            return new(null, string.Create(CultureInfo.InvariantCulture, $"A picture of {bytes.Length:N0} bytes, too large to be shown."));
        }

        return FindMediaType(bytes) is { } type
            ? new($"data:{type};base64,{Convert.ToBase64String(bytes)}", null)
            : new(null, string.Create(CultureInfo.InvariantCulture, $"{bytes.Length:N0} bytes that are no PNG, JPEG, WebP or GIF picture; not shown."));
    }

    private static string? FindMediaType(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => "image/gif",
        _ => null,
    };
}

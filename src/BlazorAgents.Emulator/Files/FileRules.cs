using System.Globalization;
using System.Text.Json;
using BlazorAgents.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace BlazorAgents.Emulator.Files;

/// <summary>What may be uploaded: purposes, sizes, endings and lifetimes.</summary>
internal static class FileRules
{
    public const long LargestFile = 512L * 1024 * 1024;

    private const long LargestBatch = 200L * 1024 * 1024;
    private const int LongestName = 255;
    private const int ShortestLife = 3600;
    private const int LongestLife = 2_592_000;

    private static readonly string[] s_purposes = ["assistants", "batch", "fine-tune", "vision", "user_data", "evals"];
    private static readonly string[] s_images = [".gif", ".jpeg", ".jpg", ".png", ".webp"];

    public static string Purpose(string? purpose) => purpose switch
    {
        null or "" => throw new ApiErrorException(ApiError.Missing("purpose")),
        _ when s_purposes.Contains(purpose) => purpose,
        _ => throw new ApiErrorException(ApiError.Invalid("purpose", $"'{purpose}' is not one of [{string.Join(", ", s_purposes.Select(item => $"'{item}'"))}] - 'purpose'")),
    };

    /// <summary>The name without folders. Throws 400 for one that does not fit the purpose.</summary>
    public static string Name(string name, string purpose, string param)
    {
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        if (name.Length is 0 or > LongestName)
        {
            throw new ApiErrorException(ApiError.Invalid(param, $"Invalid '{param}': a file name has 1 to {LongestName} characters."));
        }

        var extension = Path.GetExtension(name);
        return purpose switch
        {
            "batch" or "fine-tune" when !extension.Equals(".jsonl", StringComparison.OrdinalIgnoreCase) =>
                throw new ApiErrorException(ApiError.Invalid(param, $"Invalid file format for purpose '{purpose}'. Must be .jsonl", "invalid_file_format")),
            "vision" when !s_images.Contains(extension, StringComparer.OrdinalIgnoreCase) =>
                throw new ApiErrorException(ApiError.Invalid(param, $"Invalid extension {extension.TrimStart('.')}. Supported formats: \"gif\", \"jpeg\", \"jpg\", \"png\", \"webp\"", "invalid_file_format")),
            _ => name,
        };
    }

    public static void Size(long bytes, string purpose, string param)
    {
        var most = purpose == "batch" ? LargestBatch : LargestFile;
        if (bytes > most)
        {
            throw new ApiErrorException(new ApiError(StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture,
                $"File is too large: {bytes} bytes, at most {most} are allowed for purpose '{purpose}'."), Param: param, Code: "file_too_large"));
        }
    }

    /// <summary>How long a file lives; null means until it is deleted.</summary>
    public static TimeSpan? Life(JsonElement? policy, string purpose)
    {
        if (policy is not { } given)
        {
            return purpose == "batch" ? TimeSpan.FromSeconds(LongestLife) : null;
        }

        if (given.Text("anchor") is not "created_at")
        {
            throw new ApiErrorException(ApiError.Invalid("expires_after.anchor", "Invalid 'expires_after.anchor': the only supported value is 'created_at'."));
        }

        return given.Int("seconds") is { } seconds and >= ShortestLife and <= LongestLife
            ? TimeSpan.FromSeconds(seconds)
            : throw new ApiErrorException(ApiError.Invalid("expires_after.seconds", $"Invalid 'expires_after.seconds': expected an integer between {ShortestLife} and {LongestLife}."));
    }

    /// <summary>The policy in a form: expires_after[anchor] and expires_after[seconds], or JSON in expires_after.</summary>
    public static JsonElement? LifeOf(IFormCollection form)
    {
        if (MultipartBody.Field(form, "expires_after") is { } json)
        {
            return WireJson.TryParse(json, out var policy) ? policy : throw new ApiErrorException(ApiError.WrongType("expires_after", "an object"));
        }

        var anchor = MultipartBody.Field(form, "expires_after[anchor]");
        var seconds = MultipartBody.Field(form, "expires_after[seconds]");
        return anchor is null && seconds is null
            ? null
            : JsonSerializer.SerializeToElement(new { anchor, seconds = int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1 });
    }
}

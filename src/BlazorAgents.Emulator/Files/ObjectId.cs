using System.Security.Cryptography;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Files;

/// <summary>Ids as OpenAI writes them: a prefix that names the kind, then letters and digits.</summary>
internal static class ObjectId
{
    private const int Length = 24;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>A new id such as "thread_" and 24 characters.</summary>
    public static string New(string prefix) => prefix + RandomNumberGenerator.GetString(Letters, Length);

    /// <summary>The id, or 400 if it cannot be of this kind.</summary>
    public static string Require(string id, string param, string prefix) => id.StartsWith(prefix, StringComparison.Ordinal)
        ? id
        : throw new ApiErrorException(ApiError.Invalid(param, $"Invalid '{param}': '{Shown(id)}'. Expected an ID that begins with '{prefix.TrimEnd('-', '_')}'."));

    private static string Shown(string id) => id.Length <= 64 ? id : id[..64] + "…";
}

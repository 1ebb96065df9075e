using System.Text.Json;
using System.Text.Json.Nodes;
using BlazorAgents.Agents.Schema;
using BlazorAgents.Agents.ToolLoop;

namespace BlazorAgents.Runs;

/// <summary>Keeps secrets in the arguments of a tool call from people who look at it.</summary>
/// <remarks>
/// Secret is what the tool's schema says (<c>format</c> "password" or <c>writeOnly</c>) and what is named like a secret, with all that it
/// holds. Only for showing: what runs and what is stored stays as it is.
/// </remarks>
public static class SecretMask
{
    /// <summary>What stands in place of a secret, whatever its length.</summary>
    public const string Text = "••••••••";

    private const int MaxDepth = 64;

    // JSON without the mask's characters as escapes: people read it.
    private static readonly string s_escaped = string.Concat(Text.Select(c => $"\\u{(int)c:x4}"));

    private static readonly HashSet<string> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "passwords", "passwd", "pwd", "passphrase", "passcode", "passkey", "secret", "secrets", "token", "apikey", "apikeys", "credential",
        "credentials", "authorization", "bearer", "cookie", "cvv", "cvc", "pin", "otp", "jwt",
    };

    // Names of two words, where neither alone is a secret.
    private static readonly HashSet<string> s_pairs = new(StringComparer.OrdinalIgnoreCase)
    {
        "apikey", "apikeys", "accesskey", "accesskeys", "privatekey", "signingkey", "encryptionkey", "accountkey", "subscriptionkey", "connectionstring", "passphrase",
        "accesstokens", "authtokens", "refreshtokens", "apitokens",
    };

    /// <summary>True for the name of an argument that holds a secret: <c>api_key</c>, <c>clientSecret</c>, <c>PASSWORD</c>; not <c>max_tokens</c> or <c>keyboard</c>.</summary>
    public static bool IsSecretName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var words = Words(name);
        return words.Exists(s_words.Contains) || words.Zip(words.Skip(1), (one, two) => one + two).Any(s_pairs.Contains);
    }

    /// <summary>True when the schema of a value says, itself or in one of its forms, that it is secret.</summary>
    public static bool IsSecret(SchemaNode schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var (forms, areAll) = schema.Forms;
        return !areAll || forms.Any(IsSecretSchema);
    }

    private static bool IsSecretSchema(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object
        && ((schema.TryGetProperty("format", out var format) && format.ValueKind == JsonValueKind.String && format.ValueEquals("password"))
            || (schema.TryGetProperty("writeOnly", out var writeOnly) && writeOnly.ValueKind == JsonValueKind.True));

    /// <summary>The arguments as canonical JSON with <see cref="Text"/> for each secret. Text that is not JSON is masked as a whole.</summary>
    /// <param name="arguments">JSON.</param>
    /// <param name="schema">The schema of the tool's arguments; null when the tool is not known any more.</param>
    public static string Mask(string arguments, JsonElement? schema = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        try
        {
            using var document = JsonDocument.Parse(arguments);
            if (!CanonicalJson.IsText(document.RootElement))
            {
                return $"\"{Text}\"";
            }

            var masked = schema is { } known && CanonicalJson.IsText(known) ? Copy(document.RootElement, [known], known, 0, new Budget()) : Copy(document.RootElement, [], default, 0, new Budget());
            return CanonicalJson.Of(JsonSerializer.SerializeToElement(masked)).Replace(s_escaped, Text, StringComparison.Ordinal);
        }
        catch (JsonException)
        {
            return $"\"{Text}\"";
        }
    }

    private static JsonNode? Copy(JsonElement value, List<JsonElement> schemas, JsonElement root, int depth, Budget budget)
    {
        var (known, areAll) = budget.Left > 0 ? SchemaForms.Of(schemas, root) : ([], AreAll: schemas.Count == 0);
        budget.Left -= known.Count;
        if (value.ValueKind != JsonValueKind.Null && (depth > MaxDepth || !areAll || known.Any(IsSecretSchema)))
        {
            return JsonValue.Create(Text);
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => new JsonObject(value.EnumerateObject().GroupBy(p => p.Name).Select(g => KeyValuePair.Create(
                g.Key,
                g.Last().Value is { ValueKind: not JsonValueKind.Null } inner && IsSecretName(g.Key)
                    ? JsonValue.Create(Text)
                    : Copy(g.Last().Value, [.. known.SelectMany(s => PropertySchemas(s, g.Key))], root, depth + 1, budget)))),
            JsonValueKind.Array => new JsonArray(
                [.. value.EnumerateArray().Select(e => Copy(e, [.. known.SelectMany(s => Member(s, "items"))], root, depth + 1, budget))]),
            _ => JsonValue.Create(value),
        };
    }

    /// <summary>How many schemas may still be looked at for one call. What comes after is masked: others wait for the same thread, or the same lock.</summary>
    private sealed class Budget
    {
        public int Left { get; set; } = 20_000;
    }

    private static IEnumerable<JsonElement> PropertySchemas(JsonElement schema, string name) =>
        Member(schema, "properties").SelectMany(p => Member(p, name)) is var own && own.Any() ? own : Member(schema, "additionalProperties");

    private static IEnumerable<JsonElement> Member(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var member) ? [member] : [];

    /// <summary>The words of a name: split at anything that is no letter, and where a small letter is followed by a capital one.</summary>
    private static List<string> Words(string name)
    {
        var words = new List<string>();
        var begin = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var isEnd = i == name.Length || !char.IsLetter(name[i]);
            var isNewWord = !isEnd && i > begin && char.IsUpper(name[i])
                && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (isEnd || isNewWord)
            {
                if (i > begin)
                {
                    words.Add(name[begin..i]);
                }

                begin = isEnd ? i + 1 : i;
            }
        }

        return words;
    }
}

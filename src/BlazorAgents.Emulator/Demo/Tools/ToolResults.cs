using System.Text.Json;
using System.Text.RegularExpressions;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>Reads what tools return: text, JSON, or the content of an MCP tool.</summary>
internal static partial class ToolResults
{
    /// <summary>The result without wrappers: JSON strings opened, MCP content joined.</summary>
    public static string Unwrap(string result)
    {
        for (var layer = 0; layer < 3; layer++)
        {
            if (!WireJson.TryParse(result, out var json))
            {
                return result;
            }

            if (json.ValueKind == JsonValueKind.String)
            {
                result = json.ToString();
            }
            else if (json.ValueKind == JsonValueKind.Object && json.Items("content").Select(part => part.Text("text")).OfType<string>().ToList() is { Count: > 0 } parts)
            {
                result = string.Join("\n", parts);
            }
            else
            {
                return result;
            }
        }

        return result;
    }

    public static bool IsFailure(string result)
    {
        if (WireJson.TryParse(result, out var outer) && outer.IsTrue("isError"))
        {
            return true;
        }

        var text = Unwrap(result);
        return WireJson.TryParse(text, out var json) && json.ValueKind == JsonValueKind.Object
            ? json.Member("error") is not null || json.Member("success") is { ValueKind: JsonValueKind.False } || json.Member("valid") is { ValueKind: JsonValueKind.False }
            : Failure().IsMatch(text);
    }

    public static bool IsRefusal(string result) => Refusal().IsMatch(result);

    /// <summary>A person's or a rule's word in place of a result, at any length.</summary>
    public static bool IsDecision(string result) => Decision().IsMatch(result);

    public static bool IsEmpty(string result)
    {
        var text = Unwrap(result).Trim();
        return text is "" or "[]" or "{}" or "null" || (WireJson.TryParse(text, out var json) && JsonProse.ListIn(json) is { } list && list.GetArrayLength() == 0);
    }

    [GeneratedRegex(@"^\W*(?:error|failed|failure|exception|cannot|could not|unable to)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Failure();

    [GeneratedRegex(@"^\W*(?:a person|someone|the approver|this call was) (?:has )?(?:refused|rejected|declined|denied|not approved)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Decision();

    [GeneratedRegex(@"\b(?:rejected|denied|declined|not approved|refused)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Refusal();
}

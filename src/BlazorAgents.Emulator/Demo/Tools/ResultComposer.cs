using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>Words the results of this turn's tools; adds nothing that they do not say.</summary>
internal static class ResultComposer
{
    private const int Longest = 6000;
    private const int MostRefusal = 300;

    public static string Compose(Conversation conversation)
    {
        var steps = conversation.Steps;
        if (steps is [.., var last] && IsRefused(last))
        {
            // What was looked up before serves nobody now.
            steps = [.. steps.Where(IsRefused)];
        }

        var told = steps.Where((step, index) => index == steps.Count - 1 || steps[index + 1].Call.Name != step.Call.Name || !ToolResults.IsEmpty(step.Result)).ToList();
        var parts = told.Select(step => One(step, conversation.Question, alone: told.Count == 1)).Distinct().ToList();
        return string.Join(parts.Any(part => part.Contains('\n', StringComparison.Ordinal)) ? "\n\n" : " ", parts);
    }

    private static string One(ToolStep step, string question, bool alone)
    {
        var text = ToolResults.Unwrap(step.Result).Trim();
        var tool = Names.Readable(step.Call.Name);
        if (IsRefused(step))
        {
            return $"I did not run **{tool}**: {Sentence(text)}";
        }

        if (ToolResults.IsFailure(step.Result))
        {
            return $"That did not work: **{tool}** reported a problem. {Sentence(Reason(text))}".Replace(". \n\n", ":\n\n", StringComparison.Ordinal);
        }

        if (ToolResults.IsEmpty(text))
        {
            return $"**{Names.Title(step.Call.Name)}** found nothing{For(step.Call)}.";
        }

        if (WireJson.TryParse(text, out var json) && json.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
        {
            var told = JsonProse.Tell(json, question);
            return alone ? told : $"**{Names.Title(step.Call.Name)}**\n\n{told}";
        }

        // "391." alone would be read as the beginning of a numbered list.
        return text.All(c => char.IsAsciiDigit(c)) ? $"The result is {text}." : Sentence(text.Length <= Longest ? text : text[..Longest] + " …");
    }

    private static bool IsRefused(ToolStep step) =>
        ToolResults.Unwrap(step.Result).Trim() is var text && (ToolResults.IsDecision(text) || (ToolResults.IsRefusal(text) && text.Length < MostRefusal));

    private static string For(ToolCall call)
    {
        var values = WireJson.TryParse(call.Arguments, out var arguments) && arguments.ValueKind == JsonValueKind.Object
            ? arguments.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.String).Select(property => $"“{property.Value}”").ToList()
            : [];
        return values.Count > 0 ? " for " + string.Join(", ", values) : "";
    }

    private static string Reason(string text)
    {
        if (!WireJson.TryParse(text, out var json) || json.ValueKind != JsonValueKind.Object)
        {
            return text;
        }

        var said = new[] { json.Text("error") ?? json.Member("error")?.Text("message"), json.Text("message"), json.Text("reason") }.OfType<string>().Distinct().ToList();
        return said.Count > 0 ? string.Join(". ", said.Select(part => part.TrimEnd('.'))) : "\n\n" + JsonProse.Tell(json, "");
    }

    private static string Sentence(string text) =>
        text.Length == 0 || text.Contains('\n', StringComparison.Ordinal) || char.IsPunctuation(text[^1]) || text[^1] is '`' or '|' ? text : text + ".";
}

using System.Text.Json;
using BlazorAgents.Emulator.Demo.Extract;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>Calls tools, asks for what they need, or words their results.</summary>
internal static class ToolRule
{
    public static DemoAnswer? Answer(Conversation conversation)
    {
        var plan = new ToolPlanner(conversation).Plan();
        var calls = plan.Calls.Where(call => !WasMade(call, conversation.Steps)).ToList();
        if (calls.Count == 0 && SecondTry.For(conversation) is { } again && !WasMade(again, conversation.Steps))
        {
            calls = [again];
        }

        if (calls.Count > 0)
        {
            return new DemoAnswer("", [.. calls.Take(conversation.Request.ParallelCalls ? calls.Count : 1).Select(Finish)]);
        }

        var failed = conversation.Steps.Any(step => ToolResults.IsFailure(step.Result) || ToolResults.IsEmpty(step.Result));
        var question = plan is { MissingTool: { } tool, Missing: { } missing } && !failed ? Ask(tool, missing) : null;
        if (conversation.Steps.Count == 0)
        {
            return question is null ? null : DemoAnswer.Say(question);
        }

        var answer = ResultComposer.Compose(conversation);
        return DemoAnswer.Say(question is null ? answer : answer + "\n\n" + question);
    }

    private static bool WasMade(FilledCall call, IReadOnlyList<ToolStep> steps) => steps.Any(step =>
        step.Call.Name == call.Tool.Name && WireJson.TryParse(step.Call.Arguments, out var earlier) && WireJson.TryParse(call.Arguments.ToJsonString(), out var now) && JsonElement.DeepEquals(earlier, now));

    private static ToolCall Finish(FilledCall call) =>
        new("call_" + Guid.NewGuid().ToString("N")[..24], call.Tool.Name, call.Arguments.ToJsonString(WireJson.Options));

    private static string Ask(ToolSpec tool, SchemaNode missing)
    {
        var purpose = Names.Readable(tool.Name);
        var what = StringKinds.Of(missing) switch
        {
            StringKind.Place => "Which place do you mean?",
            StringKind.Email => "Which email address should I use?",
            _ when missing.Enum.Count > 0 => $"Which {Names.Readable(missing.Name)} should I use: {string.Join(", ", missing.Enum)}?",
            _ when missing.Description.Length is > 0 and < 120 => $"What is the {Names.Readable(missing.Name)} ({missing.Description.TrimEnd('.')})?",
            _ => $"What is the {Names.Readable(missing.Name)}?",
        };
        return $"I can do that with **{purpose}**, but one thing is missing. {what}";
    }
}

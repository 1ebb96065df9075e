using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>A thread as the model reads it: instructions, messages, and the tool calls of each run with what came back.</summary>
internal static class ThreadTurns
{
    public static List<ChatTurn> Of(Run run)
    {
        var turns = new List<ChatTurn>();
        if (run.Settings.Instructions.Length > 0)
        {
            turns.Add(new ChatTurn("system", run.Settings.Instructions, 0, [], null));
        }

        IEnumerable<ThreadMessage> messages = run.Thread.Messages.Values.Where(message => message.Status != "in_progress");
        var told = new HashSet<string>();
        foreach (var message in run.Settings.LastMessages is { } count ? messages.TakeLast(count) : messages)
        {
            if (message.RunId is { } id && run.Thread.Runs.TryGetValue(id, out var past) && told.Add(id))
            {
                AddCalls(turns, past);
            }

            turns.Add(new ChatTurn(message.Role, message.Text, message.Images, [], null));
        }

        if (told.Add(run.Id))
        {
            AddCalls(turns, run);
        }

        return turns;
    }

    private static void AddCalls(List<ChatTurn> turns, Run run)
    {
        foreach (var step in run.Steps.Values)
        {
            var answered = step.Calls.Where(call => call.Output is not null).ToList();
            if (answered.Count > 0)
            {
                turns.Add(new ChatTurn("assistant", "", 0, [.. answered.Select(call => call.Call)], null));
                turns.AddRange(answered.Select(call => new ChatTurn("tool", call.Output!, 0, [], call.Call.Id)));
            }
        }
    }
}

namespace BlazorAgents.Emulator.Wire;

/// <summary>Every tool message answers a call just before it, and every call is answered.</summary>
internal static class ToolCallOrder
{
    public static void Check(IReadOnlyList<ChatTurn> messages)
    {
        var open = new HashSet<string>();
        var answerable = new HashSet<string>();
        for (var index = 0; index < messages.Count; index++)
        {
            var message = messages[index];
            if (message.Role == "tool")
            {
                if (!answerable.Contains(message.ToolCallId!))
                {
                    throw new ApiErrorException(ApiError.Invalid($"messages.[{index}].role",
                        "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.", null));
                }

                open.Remove(message.ToolCallId!);
                continue;
            }

            RequireNoneOpen(open, index);
            open = [.. message.ToolCalls.Select(call => call.Id)];
            answerable = [.. open];
        }

        RequireNoneOpen(open, messages.Count);
    }

    private static void RequireNoneOpen(HashSet<string> open, int index)
    {
        if (open.Count > 0)
        {
            throw new ApiErrorException(ApiError.Invalid($"messages.[{index}].role",
                "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. " +
                $"The following tool_call_ids did not have response messages: {string.Join(", ", open)}", null));
        }
    }
}

using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses;

/// <summary>Every function call of a thread has its output, and every output its call.</summary>
internal static class CallOutputs
{
    public static void Check(IEnumerable<JsonElement> items)
    {
        var open = new List<string>();
        var known = new HashSet<string>();
        foreach (var item in items)
        {
            var call = item.Text("call_id") ?? "";
            switch (item.Text("type"))
            {
                case "function_call" or "custom_tool_call":
                    open.Add(call);
                    known.Add(call);
                    break;
                case "function_call_output" or "custom_tool_call_output" when !known.Contains(call):
                    throw new ApiErrorException(ApiError.Invalid("input", $"No tool call found for function call output with call_id {call}.", null));
                case "function_call_output" or "custom_tool_call_output":
                    open.Remove(call);
                    break;
            }
        }

        if (open.Count > 0)
        {
            throw new ApiErrorException(ApiError.Invalid("input", $"No tool output found for function call {open[0]}.", null));
        }
    }
}

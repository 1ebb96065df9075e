using BlazorAgents.Emulator.Demo.Extract;
using BlazorAgents.Emulator.Demo.Talk;
using BlazorAgents.Emulator.Demo.Tools;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo;

/// <summary>The order of the rules: the first that has something to say answers.</summary>
internal static class DemoRules
{
    private static readonly Func<Conversation, string?>[] s_talk =
    [
        ImageTalk.Answer,
        Identity.Answer,
        Memory.Answer,
        Bookstore.Answer,
        Showcase.Answer,
        Arithmetic.Answer,
        SmallTalk.Answer,
    ];

    public static DemoAnswer Answer(ChatRequest request, TimeProvider time)
    {
        var conversation = Conversation.Of(request, time);
        if (TitleTalk.Answer(conversation) is { } title)
        {
            return DemoAnswer.Say(title);
        }

        return Continuation.Answer(conversation, Reply) is { } rest ? DemoAnswer.Say(rest) : Reply(conversation);
    }

    private static DemoAnswer Reply(Conversation conversation)
    {
        var request = conversation.Request;
        var tools = ToolRule.Answer(conversation);
        if (tools is { Calls.Count: > 0 })
        {
            return tools;
        }

        if (request.Schema is { } schema)
        {
            return DemoAnswer.Say(StructuredAnswer.Fill(schema, conversation));
        }

        var answer = tools ?? DemoAnswer.Say(s_talk.Select(rule => rule(conversation)).FirstOrDefault(text => text is not null) ?? Fallback.Answer(conversation));
        return request.JsonObject ? DemoAnswer.Say(WireJson.Text(new { answer = answer.Text })) : answer;
    }
}

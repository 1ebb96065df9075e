namespace BlazorAgents.Emulator.Demo.Talk;

/// <summary>Admits that the demo cannot see pictures.</summary>
internal static class ImageTalk
{
    public static string? Answer(Conversation conversation) => conversation.Images switch
    {
        0 => null,
        1 => "I received **1 image** with your message. I am the offline demo, made of rules, and I cannot see what is in it. With a real model connected, this is where its description would stand.",
        var count => $"I received **{count} images** with your message. I am the offline demo, made of rules, and I cannot see what is in them. With a real model connected, this is where their description would stand.",
    };
}

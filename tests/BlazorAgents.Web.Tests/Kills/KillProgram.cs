namespace BlazorAgents.Web.Tests.Kills;

/// <summary>The process that is killed: this assembly as a program, which places an order and has it approved.</summary>
internal static class KillProgram
{
    /// <summary>The conversation of the order.</summary>
    public static readonly Guid Conversation = new("0198f000-0000-7000-8000-000000000001");

    /// <summary>Needs the database's folder and the step's name. Only a process that was not killed comes to its end.</summary>
    public static async Task<int> Main(string[] args)
    {
        var step = KillStep.All.Single(s => $"{s}" == args[1]);
        await using var desk = await OrderDesk.StartAsync(args[0], new KillSwitch(step));
        await desk.SendAsync("Order two laptops for CUST001", Conversation);
        await desk.PlayAsync(Conversation);
        return 0;
    }
}

using System.Text.Json;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Agents.ToolLoop;
using BlazorAgents.Testing.Fakes;

namespace BlazorAgents.Agents.Tests.Tools;

public sealed class HostedMcpFunctionTests
{
    private const string AnyObject = """{"type":"object"}""";

    [Fact]
    public void Schema_OfTheServer_IsTaken() =>
        Assert.Equal(ScriptedMcp.Schema, SchemaOf(ScriptedMcp.Schema));

    [Theory]
    [InlineData("""{"description":"\ud800"}""")]
    [InlineData("""{"properties":{"\uDC00":{}}}""")]
    [InlineData("true")]
    public void Schema_ThatIsNoTextOrNoObject_TakesAnyObject(string schema) => Assert.Equal(AnyObject, SchemaOf(schema));

    [Theory]
    [InlineData(64 * 1024, true)]
    [InlineData((64 * 1024) + 1, false)]
    public void Schema_LongerThanTheLimit_TakesAnyObject(int length, bool isTaken)
    {
        var schema = $$"""{"title":"{{new string('é', 100)}}{{new string('x', length - 212)}}"}""";

        Assert.Equal(isTaken, SchemaOf(schema) != AnyObject);
    }

    private static string SchemaOf(string schema) =>
        CanonicalJson.Of(new HostedMcpFunction(ScriptedMcp.Server(), "roll_dice", JsonElement.Parse(schema)).JsonSchema);
}

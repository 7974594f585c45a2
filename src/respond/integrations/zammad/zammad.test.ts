import { keepsTheContract } from '../system.contract.ts'
import { zammad } from './zammad.ts'
import { zammadStandIn } from './stand-in.testing.ts'

keepsTheContract(zammad, zammadStandIn)
